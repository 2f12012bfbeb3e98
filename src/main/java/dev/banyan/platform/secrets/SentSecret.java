package dev.banyan.platform.secrets;

import module java.base;
import dev.banyan.platform.Keyed;

/// The kinds of stored secrets that this server sends to servers outside. A new kind needs a row in
/// `SendingATokenToAnotherAddressTest`.
public enum SentSecret implements Keyed {
    /// Tokens, keys and webhook secrets of gateways and of the Cloud API.
    CONNECTION,
    /// Passwords of the proxies that numbers use.
    PROXY,
    /// API keys of language models.
    ASSISTANT,
    /// Passwords of mail servers: of workspaces, and of this server.
    MAIL_SERVER,
    /// The secret key of the bucket for backups.
    BACKUP_BUCKET,
    /// Client secrets and directory passwords of workspaces.
    WORKSPACE_SSO,
    /// Client secrets and directory passwords of accounts.
    ACCOUNT_SSO,
    /// Refresh and ID tokens of users who are signed in at their workspace's provider.
    WORKSPACE_SESSION,
    /// Refresh tokens of members who are signed in at their account's provider.
    ACCOUNT_SESSION;

    /// Returns the name used in metrics and logs: `mail_server`.
    @Override
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
