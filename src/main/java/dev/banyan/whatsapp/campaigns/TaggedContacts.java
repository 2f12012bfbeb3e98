package dev.banyan.whatsapp.campaigns;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.whatsapp.ContactAddress;

/// Contacts whose conversations have tags. Implemented by the package that has contacts, which this one must not
/// depend on.
public interface TaggedContacts {

    /// @param name empty if it isn't known
    /// @param cursor gets the page after this contact
    record Tagged(ContactAddress contact, String name, String cursor) {}

    /// Returns contacts of an account with a tag, in a fixed order.
    ///
    /// @param workspace only of this one; empty: of all workspaces of the account
    /// @param after the cursor of the last contact of the previous page
    List<Tagged> tagged(AccountId tenant, Optional<String> workspace, String tag, Optional<String> after, int limit);
}
