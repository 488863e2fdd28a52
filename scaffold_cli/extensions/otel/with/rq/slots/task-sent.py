inject(job.meta)
