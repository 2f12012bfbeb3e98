package dev.banyan;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.context.RouteEffect;
import dev.banyan.accounts.context.RouteEffects;
import dev.banyan.platform.audit.AuditWords;
import dev.banyan.platform.audit.LastingActs;
import org.junit.jupiter.api.Test;

/// Goes through all acts of the audit log. Those that a route does which gives someone data or a way in (the table of
/// effects) are told to those who stay ([LastingActs]), or the reason is here why nothing is left of them.
class LastingActsTest {

    /// Acts after which nothing goes on, and why.
    private static final Map<String, List<String>> ENDED = Map.ofEntries(
            Map.entry(
                    "ends with the person’s rights (SetUpByPerson, OwnerRights)",
                    List.of(
                            "ApiKeyCreated",
                            "ApiKeyEnabled",
                            "ApiKeyUpdated",
                            "BrandOffered",
                            "WebhookAdded",
                            "WebhookChanged",
                            "WebhookReplayed",
                            "WebhookSecretChanged")),
            Map.entry(
                    "the rights of the maker are asked each time it is used (WorkspaceKey)",
                    List.of("WorkspaceKeyCreated")),
            Map.entry(
                    "the link ends with the role of its sender (decision 0031)", List.of("WorkspacePasswordLinkSent")),
            Map.entry(
                    "of the server, whose operators see it on its page and in its audit log",
                    List.of("BackupPlanChanged", "ServerMailChanged")),
            Map.entry(
                    "something ends",
                    List.of(
                            "ApiKeyDeleted",
                            "ApiKeyDisabled",
                            "BrandOfferCanceled",
                            "DomainRemoved",
                            "DomainSwitchedOff",
                            "InvitationRejected",
                            "InvitationWithdrawn",
                            "MasterRemoved",
                            "MemberSsoRemoved",
                            "PersonLeft",
                            "PersonRemoved",
                            "ServerMailRemoved",
                            "WebhookNarrowed",
                            "WorkspaceDeleted",
                            "WorkspaceInvitationRevoked",
                            "WorkspaceKeyDeleted",
                            "WorkspaceMailServerRemoved",
                            "WorkspaceNumberRemoved",
                            "WorkspaceRegistrationRejected",
                            "WorkspaceSsoRemoved")),
            Map.entry(
                    "a file that was taken, or is for owners who prove who they are",
                    List.of(
                            "AccountExportDownloaded",
                            "AccountExportRequested",
                            "BackupDownloaded",
                            "WorkspaceExported")),
            Map.entry(
                    "a brand is another’s at once, which both sides are told, and nothing of the former side stays",
                    List.of("BrandConverted", "BrandTransferUndone", "BrandTransferred")),
            Map.entry(
                    "what opens the door for everyone, and names no one",
                    List.of("ProjectCreated", "ProjectUpdated", "WorkspaceCreated", "WorkspaceUpdated")),
            Map.entry("its host is known from DomainAdded", List.of("DomainProved")),
            Map.entry("how a workspace looks", List.of("WorkspaceBrandChanged")),
            Map.entry(
                    "the person’s own sign-in, or a rule for that of others",
                    List.of("SecondFactorOff", "SecondFactorOn", "SecondFactorOptional", "SecondFactorRequired")),
            Map.entry(
                    "an operator of the server, not a member of the account",
                    List.of(
                            "ConfirmationLinkCreated",
                            "PasswordLinkCreated",
                            "SecondFactorReset",
                            "SupportAsked",
                            "SupportBegun")),
            Map.entry("ends after days, and owners see it all the time", List.of("SupportAllowed")),
            Map.entry(
                    "what follows from the plan",
                    List.of("DomainIncluded", "SubAccountsReactivated", "SubAccountsReadOnly", "SubAccountsSuspended")),
            Map.entry(
                    "another address of the same brand, and the former one leads there", List.of("SubAccountRenamed")),
            Map.entry("what WhatsApp tells of a number, whoever linked it", List.of("SenderLinked")),
            Map.entry("says what was refused", List.of("AccessDenied")));

    /// These read the names of acts, and note none.
    private static final Pattern READERS = Pattern.compile(
            ".*/(AuditWords|LastingActs|ActsOfSupport|EventType|RecentActs|WorkspaceAuditPageResource)(\\$.*)?");

    @Test
    void whatGoesOnWithoutItsMakerIsTold() throws IOException {
        Map<String, Set<String>> giving = giving(acts());
        assertThat(giving).as("the walk finds something").hasSizeGreaterThan(50);
        Set<String> told = new TreeSet<>(LastingActs.OF_WORKSPACES);
        told.addAll(LastingActs.OF_BRANDS);
        told.addAll(LastingActs.OF_OWNERS);
        Set<String> ended =
                ENDED.values().stream().flatMap(List::stream).collect(Collectors.toCollection(TreeSet::new));
        assertThat(told).doesNotContainAnyElementsOf(ended);
        assertThat(giving.keySet())
                .as("a new act that gives someone data or a way in: does it go on when the person is gone? " + giving)
                .isEqualTo(new TreeSet<>(
                        Stream.of(told, ended).flatMap(Set::stream).toList()));
    }

    @Test
    void whatAdminsOfWorkspacesDoIsToldThere() throws IOException {
        Set<String> ended = ENDED.values().stream().flatMap(List::stream).collect(Collectors.toSet());
        Set<String> ofAdmins = new TreeSet<>();
        giving(acts()).forEach((act, routes) -> {
            if (!ended.contains(act) && routes.stream().anyMatch(route -> route.contains(" /s/"))) {
                ofAdmins.add(act);
            }
        });
        assertThat(ofAdmins).isEqualTo(new TreeSet<>(LastingActs.IN_WORKSPACES));
    }

    /// Returns the acts with the routes that note them, if these give someone something.
    private static Map<String, Set<String>> giving(Map<String, Set<String>> acts) {
        var giving = new TreeMap<String, Set<String>>();
        acts.forEach((act, routes) -> routes.stream()
                .filter(route -> !Set.of(RouteEffect.OWN, RouteEffect.NEITHER).contains(RouteEffects.of(route)))
                .forEach(route ->
                        giving.computeIfAbsent(act, _ -> new TreeSet<>()).add(route)));
        return giving;
    }

    /// Returns all acts with the routes from which a method is reached that names them.
    static Map<String, Set<String>> acts() throws IOException {
        var acts = new TreeMap<String, Set<String>>();
        ReachingRoutes.methods((type, method) -> {
            if (!READERS.matcher(type.thisClass().asInternalName()).matches()) {
                ReachingRoutes.texts(method).stream()
                        .filter(AuditWords.actions()::contains)
                        .forEach(act -> acts.computeIfAbsent(act, _ -> new TreeSet<>())
                                .addAll(ReachingRoutes.of(type, method)));
            }
        });
        Set<String> noted = new TreeSet<>(AuditWords.actions());
        noted.remove("PlanSet"); // of former versions
        assertThat(acts.keySet()).as("each act is noted somewhere").isEqualTo(noted);
        return acts;
    }
}
