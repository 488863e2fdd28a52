from {{ cookiecutter.package }}.manage import manager

if __name__ == "__main__":
    manager.run()
