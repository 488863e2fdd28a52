@manager.command("worker")  # Flask's own decorator: tasks are to see no request
def worker() -> None:
    """Do the tasks that wait in the queue: the worker process of the Procfile."""
    queue.work()


@manager.command
def ping_worker(timeout: int = 10) -> int:
    """Have a worker answer, to see that tasks are done; fail if none does."""
    try:
        print(f"Tasks are done on {ping.result(timeout=timeout)}.")
    except TimeoutError:
        print(f"No worker has answered within {timeout} s.")
        return 1
    return 0
