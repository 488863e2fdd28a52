(checks.https_elsewhere,)
