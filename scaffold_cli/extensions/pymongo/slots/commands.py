@manager.command
def add_link(name: str, url: str) -> None:
    """Make /links/NAME lead to an address; one of that name is changed."""
    change = {"$set": {"url": url}, "$setOnInsert": {"clicks": 0}}
    mongo["links"].update_one({"_id": name}, change, upsert=True)
    print(f"Added: /links/{name}")
