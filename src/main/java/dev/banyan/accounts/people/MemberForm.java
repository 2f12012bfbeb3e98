package dev.banyan.accounts.people;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.MemberRole;
import dev.banyan.accounts.Membership;
import dev.banyan.accounts.brands.SubAccounts;
import dev.banyan.platform.Invalid;

/// A member's rights, as a form asks for them; `role` may also be [#VIEWER], `workspaces` is the box of managers,
/// `more` is true if there are sub-accounts without a checkbox, which `named` lists.
record MemberForm(String role, String scope, boolean workspaces, List<Box> boxes, boolean more, String named) {

    /// A checkbox for a sub-account.
    record Box(String username, String displayName, boolean ticked) {}

    /// The role of those who see what a manager sees, and change nothing.
    static final String VIEWER = "viewer";

    private static final Invalid NO_ROLE = new Invalid("role", "Choose a role");
    private static final Invalid EVERYTHING = new Invalid(
            "subAccounts",
            "Brands can be chosen only for the scope 'listed'",
            "You selected brands, but “Everything” is on. Choose “Selected brands”, or clear the brands.");

    /// The most checkboxes; further sub-accounts are typed.
    private static final int BOXES = 50;

    /// Builds the form from what was typed or is stored, and the existing sub-accounts; those without a checkbox are
    /// listed by name.
    static MemberForm of(
            SubAccounts subAccounts,
            AccountContext context,
            String role,
            String scope,
            boolean workspaces,
            List<String> chosen) {
        SubAccounts.Listed listed = subAccounts.list(context, "", Optional.empty(), BOXES);
        List<Box> boxes = listed.subAccounts().stream()
                .map(SubAccounts.SubAccount::account)
                .map(account -> new Box(account.username(), account.displayName(), chosen.contains(account.username())))
                .toList();
        List<String> boxed = boxes.stream().map(Box::username).toList();
        String others = chosen.stream().filter(name -> !boxed.contains(name)).collect(Collectors.joining(" "));
        return new MemberForm(role, scope, workspaces, boxes, listed.next().isPresent() || !others.isEmpty(), others);
    }

    /// Returns the usernames that were checked, and those that were typed, several in one field.
    static List<String> chosen(List<String> fields) {
        return fields.stream()
                .flatMap(field -> Stream.of(field.split("[\\s,;]+")))
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    static String role(Membership membership) {
        return membership.readOnly() ? VIEWER : membership.role().key();
    }

    /// Returns why it isn’t clear what is wanted.
    Optional<Invalid> broken(List<String> chosen) {
        if (!viewer() && MemberRole.of(role).isEmpty()) {
            return Optional.of(NO_ROLE);
        }
        return owner() || listed() || chosen.isEmpty() ? Optional.empty() : Optional.of(EVERYTHING);
    }

    /// Returns the change that a form without [#broken] wants.
    MemberChange wanted(List<String> chosen) {
        return viewer()
                ? MemberChange.toViewer(!listed(), chosen)
                : MemberChange.to(MemberRole.of(role).orElseThrow(), !listed(), chosen, workspaces);
    }

    /// Returns what every manager works on, as the beginning of a sentence.
    public String managed() {
        return MemberRole.MANAGED.substring(0, 1).toUpperCase(Locale.ROOT) + MemberRole.MANAGED.substring(1);
    }

    /// Returns what the checkbox adds, as the beginning of a sentence.
    public String added() {
        return MemberRole.WORKSPACES.substring(0, 1).toUpperCase(Locale.ROOT) + MemberRole.WORKSPACES.substring(1);
    }

    public boolean owner() {
        return role.equals(MemberRole.OWNER.key());
    }

    public boolean viewer() {
        return role.equals(VIEWER);
    }

    public boolean listed() {
        return scope.equals("listed");
    }
}
