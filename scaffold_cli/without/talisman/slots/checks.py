checks.https_elsewhere,
