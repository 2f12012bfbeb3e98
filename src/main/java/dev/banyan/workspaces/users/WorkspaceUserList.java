package dev.banyan.workspaces.users;

import module java.base;
import dev.banyan.platform.WebAddresses;
import dev.banyan.platform.web.page.Avatar;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.OneTimeLink;
import dev.banyan.platform.web.page.TimeText;
import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.RegistrationProof;
import dev.banyan.workspaces.WorkspaceUser;

/// The users of a workspace as a table, for the project's side and for the workspace's admins. `base` is the address of
/// the list, `as` the account that forms act for, `oneself` the user looking at it, if any. `problem` says why an
/// action was refused; `loneAdmin` that there is only one admin; `mailing` whether this server sends email. `fresh` is
/// a password link that was just made.
record WorkspaceUserList(
        String base,
        Optional<String> as,
        String workspace,
        Optional<Integer> oneself,
        boolean registrationOpen,
        String search,
        List<Row> rows,
        boolean firstPage,
        Optional<Integer> next,
        int admins,
        boolean dialogs,
        List<Waiting> waiting,
        Optional<FormProblem> problem,
        boolean mailing,
        Optional<OneTimeLink> fresh) {

    /// A registration that doesn't count yet; `reason` says what it waits for.
    record Waiting(String id, String username, String email, String reason, TimeText since) {

        static Waiting of(WaitingRegistration registration) {
            return new Waiting(
                    registration.id().toString(),
                    registration.username(),
                    registration.email(),
                    registration.waitsFor() == RegistrationProof.EMAIL ? "Email confirmation" : "Admin approval",
                    Words.dayTime(registration.createdAt()));
        }
    }

    /// `seen` is the day of the last sign-in.
    record Row(
            int id,
            String username,
            String email,
            String role,
            boolean oneself,
            TimeText since,
            Optional<TimeText> seen) {

        static Row of(WorkspaceUser user, Optional<Integer> oneself) {
            return new Row(
                    user.id(),
                    user.username(),
                    user.email(),
                    user.role().key(),
                    oneself.equals(Optional.of(user.id())),
                    Words.dayTime(user.createdAt()),
                    user.lastSignInAt().map(Words::dayTime));
        }

        public Avatar avatar() {
            return Avatar.of(username, email);
        }
    }

    public boolean loneAdmin() {
        return admins == 1;
    }

    public boolean noAdmin() {
        return admins == 0;
    }

    /// The query string of this list's pages, with its question mark; may be empty.
    public String query() {
        return as.map(account -> "?as=" + WebAddresses.encoded(account)).orElse("");
    }

    /// The page of invitations; only the project's side has it.
    public String invitations() {
        return base.substring(0, base.length() - "/users".length()) + "/invitations";
    }

    /// The target for approving and rejecting registrations.
    public String registrations() {
        return base.substring(0, base.length() - "/users".length()) + "/registrations";
    }

    public String nextHref() {
        String start = base + query() + (as.isPresent() ? "&" : "?");
        return start + (search.isEmpty() ? "" : "q=" + WebAddresses.encoded(search) + "&") + "after="
                + next.map(Object::toString).orElse("");
    }
}
