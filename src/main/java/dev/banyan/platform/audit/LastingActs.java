package dev.banyan.platform.audit;

import module java.base;

/// Acts that go on working for others when the person is gone: each names an address, a login or a person of someone’s
/// choice. Those who stay read what it was, and decide. `LastingActsTest` finds the acts that are missing here.
public final class LastingActs {

    /// What members of an account and admins of a workspace do there.
    public static final Set<String> IN_WORKSPACES = Set.of(
            "AssistantChanged",
            "WorkspaceMailServerChanged",
            "WorkspaceRegistrationApproved",
            "WorkspaceSsoChanged",
            "WorkspaceUserAdded",
            "WorkspaceUserInvited",
            "WorkspaceUserRoleChanged",
            "WorkspaceUsersImported");

    /// What members of an account do who work on workspaces and numbers.
    public static final Set<String> OF_WORKSPACES = with(
            IN_WORKSPACES,
            "ConnectionAdded",
            "ConnectionChanged",
            "ProxyAdded",
            "ProxyChanged",
            "SenderProxySet",
            "WorkspaceImported",
            "WorkspaceTemplateApplied",
            "WorkspaceTemplateSet");

    /// What members do who work on pages and brands. A brand has an address for its notices.
    public static final Set<String> OF_BRANDS =
            Set.of("DomainAdded", "SubAccountCreated", "SubAccountImported", "SubAccountUpdated");

    /// What owners do.
    public static final Set<String> OF_OWNERS = Set.of("MemberSsoChanged", "PersonChanged", "PersonInvited");

    /// Acts of one kind that are written out.
    private static final int WRITTEN_OUT = 5;

    private LastingActs() {}

    private static Set<String> with(Set<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more)).collect(Collectors.toUnmodifiableSet());
    }

    /// Returns the acts in plain words. There are only a few of each kind, so that many acts of one can’t hide another.
    static List<String> lines(List<AuditEntry> acts) {
        return acts.stream()
                .filter(LastingActs::isLasting)
                .collect(Collectors.groupingBy(
                        AuditEntry::action,
                        LinkedHashMap::new,
                        Collectors.mapping(AuditEntry::sentence, Collectors.toCollection(LinkedHashSet::new))))
                .entrySet()
                .stream()
                .flatMap(kind -> lines(kind.getKey(), kind.getValue()))
                .toList();
    }

    /// Of what is changed of a brand, only its address gets anything.
    private static boolean isLasting(AuditEntry act) {
        return !act.action().equals("SubAccountUpdated")
                || Set.of(act.facts().getOrDefault("fields", "").split(", ")).contains("email");
    }

    private static Stream<String> lines(String act, Set<String> sentences) {
        int more = sentences.size() - WRITTEN_OUT;
        Stream<String> first = sentences.stream().limit(WRITTEN_OUT);
        return more > 0 ? Stream.concat(first, Stream.of(AuditWords.of(act) + ": " + more + " more")) : first;
    }
}
