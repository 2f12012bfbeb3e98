package dev.banyan.accounts.checklist;

import dev.banyan.accounts.AccountContext;

/// Who looks at the checklist, in the context of a root account.
///
/// @param operator whether the person also runs this server
public record Viewer(AccountContext context, boolean operator) {}
