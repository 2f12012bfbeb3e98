package dev.banyan.console.numbers;

import module java.base;
import dev.banyan.console.CommandResult;
import dev.banyan.console.ConsoleJson;
import dev.banyan.console.Order;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.Pool;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Pools.Overview;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderHealth;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.configfile.Mirrors;
import jakarta.inject.Singleton;

/// The dashboard: every sender with its state, both masters and servants. More than a screen can hold is summarized by
/// pool, those with problems first.
@Singleton
final class StatusPage {

    private static final int WATCH_EVERY = 60;
    private static final Duration LONGEST = Duration.ofHours(1);

    /// More numbers than this are summarized.
    static final int LISTED = 30;

    static final String ALL = "--all";
    private static final int POOLS_SHOWN = 20;

    private static final int BANNER = 62;
    private static final String RULE = "━".repeat(55);

    private record StatusJson(
            String updatedAt,
            String serverStatus,
            int total,
            long linked,
            long unlinked,
            long linking,
            Optional<String> editedConfig,
            List<ConsoleJson.SenderJson> senders) {}

    private final Pools pools;
    private final Liveness liveness;
    private final Mirrors mirrors;
    private final Clock clock;
    private final Instant started;

    StatusPage(Pools pools, Liveness liveness, Mirrors mirrors, Clock clock) {
        this.pools = pools;
        this.liveness = liveness;
        this.mirrors = mirrors;
        this.clock = clock;
        this.started = clock.instant();
    }

    /// `status`, `health` and the empty line. A word is a pool, or asks for everything.
    CommandResult show(Order order) {
        Optional<String> word = order.words().stream().findFirst();
        Overview all = pools.overview(order.tenant());
        return word.filter(typed -> !typed.equals(ALL))
                .map(typed -> show(order, poolOf(all, typed), false))
                .orElseGet(() -> show(order, all, word.isEmpty() && all.total() > LISTED));
    }

    private static Overview poolOf(Overview all, String typed) {
        Sender master = SenderChoice.find(all, SenderChoice.Kind.MASTER, typed);
        return new Overview(all.pools().stream()
                .filter(pool -> pool.master().id().equals(master.id()))
                .toList());
    }

    private CommandResult show(Order order, Overview overview, boolean summarized) {
        Instant now = clock.instant();
        Optional<Path> edited = mirrors.edited(order.tenant());
        if (order.json()) {
            return order.show(new StatusJson(
                    now.toString(),
                    health(overview).key(),
                    overview.total(),
                    count(overview, Section.LINKED),
                    count(overview, Section.UNLINKED),
                    count(overview, Section.LINKING),
                    edited.map(Path::toString),
                    ConsoleJson.SendersJson.of(overview.senders().toList(), liveness)
                            .senders()));
        }
        banner(order, now);
        order.say("");
        order.say("📊 DEVICE SUMMARY");
        order.say(RULE);
        order.say("  Total Devices: " + overview.total() + " | Linked: " + overview.active() + " | Unlinked: "
                + count(overview, Section.UNLINKED) + " | Linking: " + count(overview, Section.LINKING));
        order.say(
                "  System Uptime: " + SenderTexts.hours(started, now) + " | Server Status: " + icon(health(overview)));
        edited.ifPresent(file -> {
            order.say("⚠️  bots-config.json was edited by hand: " + file.getFileName());
            order.say("💡 Use 'import-config edited' to apply it; "
                    + (file.equals(mirrors.fileOf(order.tenant()))
                            ? "the next change moves it to a copy"
                            : "or delete " + file));
        });
        if (summarized) {
            summary(order, overview);
        } else {
            for (Section section : Section.values()) {
                section(order, section, overview, now);
            }
        }
        order.say("");
        if (summarized) {
            order.say("💡 Type 'status <master-id>' for the numbers of one pool, 'status " + ALL + "' for all "
                    + overview.total());
            order.say("💡 Type 'find status=unlinked' to find numbers by state");
        }
        order.say("💡 Type 'help' for all commands");
        return CommandResult.DONE;
    }

    private static void summary(Order order, Overview overview) {
        List<Pool> troubledFirst = overview.pools().stream()
                .sorted(Comparator.comparing(StatusPage::unlinked).reversed())
                .toList();
        order.say("");
        order.say("👑 POOLS (" + troubledFirst.size() + ")");
        order.say(RULE);
        troubledFirst.stream().limit(POOLS_SHOWN).forEach(pool -> {
            order.say("  " + pool.master().state().icon + "  " + pool.master().displayName() + " ["
                    + SenderTexts.role(pool.master()) + "]");
            order.say("      └─ Numbers: " + pool.senders().count() + " | Linked: " + linked(pool) + " | Unlinked: "
                    + unlinked(pool) + " | ID: " + pool.master().id());
        });
        if (troubledFirst.size() > POOLS_SHOWN) {
            order.say("  … and " + (troubledFirst.size() - POOLS_SHOWN) + " more pools");
        }
    }

    private static long linked(Pool pool) {
        return pool.senders()
                .filter(sender -> sectionOf(sender) == Section.LINKED)
                .count();
    }

    private static long unlinked(Pool pool) {
        return pool.senders().count() - linked(pool);
    }

    /// `watch`: refreshes the dashboard until a key is pressed. Shows it once on a terminal that may not wait.
    CommandResult watch(Order order) {
        return order.words().isEmpty()
                ? watch(order, WATCH_EVERY)
                : order.words().stream()
                        .findFirst()
                        .filter(word -> word.matches("[0-9]{1,4}"))
                        .map(Integer::valueOf)
                        .filter(number -> number > 0 && number <= LONGEST.toSeconds())
                        .map(seconds -> watch(order, seconds))
                        .orElseThrow(order::misused);
    }

    private CommandResult watch(Order order, int seconds) {
        var enough = new CountDownLatch(1);
        order.screen().onCancel(enough::countDown);
        try {
            do {
                if (order.waits()) {
                    order.screen().clear();
                }
                CommandResult shown = show(order.withoutWords());
                if (!order.waits() || shown.code() != 0) {
                    return shown;
                }
                order.say("💡 Refreshes every " + seconds + " s. Press Enter to get the prompt back");
                order.screen().waits();
            } while (!enough.await(seconds, TimeUnit.SECONDS));
            return CommandResult.DONE;
        } catch (InterruptedException _) {
            return CommandResult.FAILED;
        }
    }

    private void banner(Order order, Instant now) {
        order.say("╔" + "═".repeat(BANNER) + "╗");
        order.say(framed("📱 BANYAN - REAL-TIME DEVICE DASHBOARD", 1));
        order.say(framed("Last Updated: " + SenderTexts.time(now), 0));
        order.say("╚" + "═".repeat(BANNER) + "╝");
    }

    /// @param wide the number of characters that take two columns
    private static String framed(String text, int wide) {
        int columns = text.codePointCount(0, text.length()) + wide;
        int left = (BANNER - columns) / 2;
        return "║" + " ".repeat(left) + text + " ".repeat(BANNER - columns - left) + "║";
    }

    private static Pool.Status health(Overview overview) {
        return overview.pools().stream()
                .map(Pool::status)
                .max(Comparator.naturalOrder())
                .orElse(Pool.Status.OPERATIONAL);
    }

    private static String icon(Pool.Status status) {
        return switch (status) {
            case OPERATIONAL -> "🟢 HEALTHY";
            case DEGRADED -> "🟡 DEGRADED";
            case FAILED -> "🔴 FAILED";
        };
    }

    private static long count(Overview overview, Section section) {
        return overview.senders().filter(sender -> sectionOf(sender) == section).count();
    }

    /// The sections of the page; each sender is in exactly one.
    private enum Section {
        LINKED("🔗 LINKED DEVICES"),
        LINKING("⏳ LINKING DEVICES"),
        UNLINKED("🔴 UNLINKED DEVICES");

        private final String title;

        Section(String title) {
            this.title = title;
        }
    }

    private static Section sectionOf(Sender sender) {
        return switch (sender.state()) {
            case LINKED, RESTRICTED -> Section.LINKED;
            case LINKING, PASSKEY_REQUIRED -> Section.LINKING;
            case PENDING, DISCONNECTED, BANNED, UNLINKED -> Section.UNLINKED;
        };
    }

    private void section(Order order, Section section, Overview overview, Instant now) {
        List<Sender> senders = overview.senders()
                .filter(sender -> sectionOf(sender) == section)
                .toList();
        if (senders.isEmpty()) {
            return;
        }
        order.say("");
        order.say(section.title + " (" + senders.size() + ")");
        order.say(RULE);
        senders.forEach(sender -> {
            order.say("  " + sender.state().icon + "  " + SenderTexts.phone(sender) + "  │ " + sender.displayName()
                    + " [" + SenderTexts.role(sender) + "]");
            details(sender, section, now).forEach(line -> order.say("      └─ " + line));
        });
    }

    private List<String> details(Sender sender, Section section, Instant now) {
        Sender.Link link = sender.link();
        String id = "Device ID: " + sender.id();
        return switch (section) {
            case LINKED -> {
                SenderHealth health = liveness.of(sender);
                yield List.of(
                        "Status: " + online(sender, health, now) + " | Uptime: "
                                + SenderTexts.uptime(health, now, "N/A")
                                + " | Heartbeats: " + health.heartbeats(),
                        "Linked: " + SenderTexts.ago(link.linkedAt(), now) + " | LastActive: "
                                + SenderTexts.lastActivity(sender, health, now) + " | " + id);
            }
            case LINKING ->
                List.of(
                        "Status: " + SenderTexts.state(sender) + " | Attempt: " + link.attempts() + " | QR Code: "
                                + (sender.state() == SenderState.LINKING ? "ACTIVE" : "SCANNED"),
                        "Link Started: " + SenderTexts.ago(link.startedAt(), now) + " | " + id);
            case UNLINKED ->
                List.of(
                        "Status: " + SenderTexts.state(sender) + " | Reason: " + reason(link) + " | Attempts: "
                                + link.attempts(),
                        id);
        };
    }

    /// Linked is what WhatsApp reports; online was proved recently.
    private static String online(Sender sender, SenderHealth health, Instant now) {
        if (!health.isHealthy(now)) {
            return "NOT RESPONDING";
        }
        return sender.state() == SenderState.LINKED ? "ONLINE" : SenderTexts.state(sender);
    }

    private static String reason(Sender.Link link) {
        return link.lastError().orElse(link.linkedAt().isEmpty() ? "Never linked" : "Unknown");
    }
}
