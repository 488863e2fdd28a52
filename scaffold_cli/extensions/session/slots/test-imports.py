from cachelib import SimpleCache
