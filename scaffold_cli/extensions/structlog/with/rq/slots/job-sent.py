send_id(job)
