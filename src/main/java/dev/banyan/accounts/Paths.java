package dev.banyan.accounts;

/// Names the addresses to which many pages lead.
public final class Paths {

    /// Where somebody arrives who acts for an account.
    public static final String HOME = "/admin/dashboard";

    /// Where somebody arrives who runs the server.
    public static final String OPERATOR_HOME = "/operator";

    /// Where people choose the account for which they act.
    public static final String CONTEXT = "/admin/context";

    /// What somebody is asked, and for whom they work.
    public static final String INVITATIONS = "/admin/invitations";

    private Paths() {}
}
