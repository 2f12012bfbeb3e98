/// The people of an account: members, invitations, roles, scopes, leaving; and the page that switches between accounts.
///
/// Owns no tables of its own. May call `brands` and everything below it.
///
/// Rights are passed on only by those who hold them (docs/decisions/0033); `GivenRights` checks that. In a
/// `MemberChange` an absent field stays as it is, so leaving something out never widens a right. An account never loses
/// its last owner, and what acts or invites in an owner's name ends with the ownership (`OwnerRights`), as does
/// what else a person set up (`SetUpByPerson`). Begin with
/// `People`, `MemberChanges` and `AccountInvitations`.
@org.jspecify.annotations.NullMarked
package dev.banyan.accounts.people;
