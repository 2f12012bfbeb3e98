package dev.banyan.platform;

/// The owner of the data that is touched: the account, and the tenant that it belongs to. Store methods on tenant data
/// take it as their first parameter and use it in WHERE.
public record Owner(AccountId tenant, AccountId account) {

    /// Returns true for a sub-account: a root account is its own tenant.
    public boolean isSubAccount() {
        return !tenant.equals(account);
    }
}
