"""Flask-Testing's own suite, run where ``tests`` lies; what ran and what failed is printed as JSON."""

import json
import sys
import unittest
from io import StringIO

from tests import test_utils

cases = [
    value
    for value in vars(test_utils).values()
    if isinstance(value, type)
    and issubclass(value, unittest.TestCase)
    and value.__module__ == test_utils.__name__
]
loaded = map(unittest.defaultTestLoader.loadTestsFromTestCase, cases)
result = unittest.TextTestRunner(StringIO()).run(unittest.TestSuite(loaded))
failed = {
    test.id().partition(".test_utils.")[2]: text for test, text in result.failures + result.errors
}
json.dump({"ran": result.testsRun, "skipped": len(result.skipped), "failed": failed}, sys.stdout)
