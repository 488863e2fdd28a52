from peewee import AutoField, CharField, Model, TextField

from .extensions import db
