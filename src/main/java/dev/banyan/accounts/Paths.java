package dev.banyan.accounts;

/// Paths that many pages link to.
public final class Paths {

    /// The first page for a person who acts for an account.
    public static final String HOME = "/admin/dashboard";

    /// The first page for an operator.
    public static final String OPERATOR_HOME = "/operator";

    /// The page on which people choose the account that they act for.
    public static final String CONTEXT = "/admin/context";

    /// The page with a person's invitations and the accounts that they work for.
    public static final String INVITATIONS = "/admin/invitations";

    private static final String PICTURES = "/admin/pictures/";

    private Paths() {}

    /// Returns the path of the picture of a person, from its name.
    public static String picture(String name) {
        return PICTURES + name;
    }
}
