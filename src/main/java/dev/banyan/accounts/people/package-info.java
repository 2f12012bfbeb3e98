/// The people of an account: invitations, roles, scopes, leaving.
///
/// May call `brands` and everything below it. Begin with `People` and `AccountInvitations`.
@NullMarked
package dev.banyan.accounts.people;

import org.jspecify.annotations.NullMarked;
