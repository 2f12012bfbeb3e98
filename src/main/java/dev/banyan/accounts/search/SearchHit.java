package dev.banyan.accounts.search;

import dev.banyan.platform.AccountId;

/// Something that the search found.
///
/// @param account whose it is: the page behind it opens for this account
/// @param detail what tells it from others of the same name, such as its address
/// @param path of its page, without a query; it may end with a fragment
public record SearchHit(SearchKind kind, AccountId account, String title, String detail, String path) {}
