@manager.command
def tell_visitors(text: str) -> int:
    """Show a line on each open page: python manage.py tell-visitors 'Tea is back.'"""
    if not current_app.config["SOCKETIO_MESSAGE_QUEUE"]:
        print("Only with REDIS_URL do commands reach visitors.")
        return 1
    socketio.emit("notice", text)
    return 0
