"""Lets accounts of some names expire, as homeservers do that want them renewed once in a while."""


class Expiry:
    """A module for Synapse's account validity. `prefix` begins the names of the accounts to be renewed."""

    @staticmethod
    def parse_config(config):
        return config

    def __init__(self, config, api):
        self.prefix = "@" + config["prefix"]
        api.register_account_validity_callbacks(is_user_expired=self.is_user_expired)

    async def is_user_expired(self, user_id):
        return user_id.startswith(self.prefix)
