package dev.banyan.platform;

/// Whose data is touched: the account, and the tenant that it belongs to. Store methods on tenant data take it first
/// and put it in WHERE.
public record Owner(AccountId tenant, AccountId account) {

    /// True for a sub-account: a root account is its own tenant.
    public boolean isSubAccount() {
        return !tenant.equals(account);
    }
}
