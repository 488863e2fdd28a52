accesslog = "-"
# With the id that the platform's router gives each request.
access_log_format = '%(h)s "%(r)s" %(s)s %(b)s %(M)s ms %({x-request-id}i)s "%(a)s"'
