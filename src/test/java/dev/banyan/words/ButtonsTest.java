package dev.banyan.words;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// Buttons say what they do: a verb and a noun, in sentence case.
class ButtonsTest {

    private static final Set<String> VERBS = Set.of(
            ("Accept Activate Add Adopt Allow Apply Approve Archive Ask Assign Attach Back Cancel Change Check Choose Clear Close"
                            + " Compare Confirm Connect Continue Copy Create Crop Deactivate Decline Delete Detach Disable Discard"
                            + " Dismiss Download Drain Duplicate Edit Email Enable End Enter Exit Export Filter Find Finish Generate Go"
                            + " Hide Hold Import Insert Invite Join Keep Leave Link Load Log Make Manage Mark Message Move"
                            + " Mute Open Pause Pick Play Post Preview Publish Push Reactivate Refresh Refuse Register Reject"
                            + " Reload Remind Remove Rename Reopen Reorder Replace Reply Request Require Resend Reset"
                            + " Resolve Restore Resume Retry Revoke Run Save Scan Search See Select Send Set Share Show"
                            + " Sign Simulate Skip Snooze Sort Start Stop Submit Suspend Switch Sync Tag Test Try Turn"
                            + " Unassign Undo Unlink Unlock Unpublish Unschedule Update Upgrade Upload Use Verify View"
                            + " Write Zoom")
                    .split(" "));

    /// Verbs that need no noun, because what they act on is right there.
    private static final Set<String> ALONE = Set.of(
            ("Accept Activate Add Apply Approve Assign Back Cancel Clear Close Continue Copy Decline Delete Disable Dismiss"
                            + " Duplicate Edit Enable Export Filter Hide Import Leave Manage Move Open Pause Preview Publish"
                            + " Reactivate Refresh Reject Remove Rename Reopen Reply Require Resend Reset Restore"
                            + " Resume Retry Revoke Save Search Send Share Show Skip Snooze Sort Suspend Switch Tag Undo"
                            + " Unlock Unpublish Upgrade Upload Verify View")
                    .split(" "));

    /// What is no act: pages of a list, choices, and links that have the name of the page they lead to.
    private static final Set<String> NO_ACTS = Set.of(
            "Next",
            "Newest",
            "Older",
            "Older events",
            "Older decisions",
            "Newest alerts",
            "Older alerts",
            "First page",
            "Newest messages",
            "Earlier messages",
            "Later messages",
            "New conversation",
            "Light",
            "Dark",
            "Auto",
            "Alerts",
            "Campaigns",
            "Connections",
            "Opt-outs",
            "Proxies",
            "Failover",
            "Inbox",
            "Messages",
            "What if this master failed?",
            "Saved replies",
            "Templates",
            "Pool settings",
            "Project settings",
            "Keyboard shortcuts: press ?",
            "I’ve saved them",
            "My Account",
            "Managing:");

    private static final Pattern BUTTON = Pattern.compile(
            "<button\\b[^>]*>([\\s\\S]*?)</button>|<a\\b[^>]*class=\"[^\"]*\\bbtn\\b[^\"]*\"[^>]*>([\\s\\S]*?)</a>");

    /// A field that may stay empty says so in one way, beside its label.
    @Test
    void optionalIsSaidInOneWay() throws IOException {
        var other = Pattern.compile("opt='optional|class=\"opt\">optional|(?<!opt='|class=\"opt\">)\\(optional");
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources/templates"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".html")))
                    .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContainPattern(other));
        }
    }

    @Test
    void buttonsAreVerbAndNoun() throws IOException {
        List<String> findings = new ArrayList<>();
        for (Path file : PeoplesTexts.files(PeoplesTexts.TEMPLATES, ".html").toList()) {
            for (MatchResult button :
                    BUTTON.matcher(Files.readString(file)).results().toList()) {
                String inside = button.group(1) == null ? button.group(2) : button.group(1);
                texts(inside).stream()
                        .filter(text -> !isGood(text))
                        .forEach(text -> findings.add(file.getFileName() + ": " + text));
            }
        }
        assertThat(findings).isEmpty();
    }

    @Test
    void theTestTellsThemApart() {
        assertThat(List.of("Create page", "Save", "Delete workspace…", "Turn off", "Next"))
                .allMatch(ButtonsTest::isGood);
        assertThat(List.of("Do it", "Create", "OK", "Create Page", "Sign-in", "Look again"))
                .noneMatch(ButtonsTest::isGood);
        assertThat(texts("{#if new}Create page{#else}Save page{/if}")).containsExactly("Create page", "Save page");
        assertThat(texts("<svg><use/></svg>Delete {count} page{#if many}s{/if}"))
                .containsExactly("Delete … page");
    }

    /// Returns the texts that a button can have, without what a template puts into them.
    private static List<String> texts(String inside) {
        String plain = inside.replaceAll("\\{![\\s\\S]*?!}", "")
                .replaceAll("<svg[\\s\\S]*?</svg>", "")
                .replaceAll("</?span[^>]*>", "|")
                .replaceAll("<[^>]*>", " ")
                .replaceAll("\\{[#/][^}]*}", "|")
                .replaceAll("\\{[^}]*}", "…");
        List<String> texts = new ArrayList<>();
        for (String part : plain.split("\\|")) {
            String text = part.strip().replaceAll("\\s+", " ");
            // What begins in lower case or with a value goes on with something else.
            if (!text.isEmpty() && Character.isUpperCase(text.charAt(0))) {
                texts.add(text);
            }
        }
        return texts;
    }

    private static boolean isGood(String text) {
        // A value is a noun; three dots after a word say that a page follows.
        String said = text.replaceAll("(?<=\\w)…", "").replaceAll(":$", "").strip();
        if (NO_ACTS.contains(text) || NO_ACTS.contains(said) || ALONE.contains(said)) {
            return true;
        }
        String[] words = said.split(" ");
        return words.length > 1 && VERBS.contains(words[0]) && isSentenceCase(words);
    }

    /// Names of products and formats keep their capitals.
    private static boolean isSentenceCase(String[] words) {
        for (int i = 1; i < words.length; i++) {
            if (words[i].matches("[A-Z][a-z].*")
                    && !Set.of("Banyan", "WhatsApp", "Evolution", "Cloud", "My", "Account", "Sub-Accounts")
                            .contains(words[i])) {
                return false;
            }
        }
        return true;
    }
}
