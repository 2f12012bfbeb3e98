package dev.banyan.console.numbers;

import static dev.banyan.console.Command.Group.MESSAGES;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.console.Command;
import dev.banyan.console.CommandRefused;
import dev.banyan.console.CommandResult;
import dev.banyan.console.Frame;
import dev.banyan.console.Order;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.campaigns.Campaign;
import dev.banyan.whatsapp.campaigns.CampaignActs;
import dev.banyan.whatsapp.campaigns.Campaigns;
import dev.banyan.whatsapp.campaigns.Campaigns.Progress;
import dev.banyan.whatsapp.campaigns.RecipientState;
import jakarta.inject.Singleton;

/// The command about campaigns: which there are, how far they are, and starting, pausing and ending one.
@Singleton
public record CampaignCommands(Campaigns campaigns, CampaignActs acts, Pools pools) {

    private static final int SHOWN = 50;

    private record CampaignJson(
            String id,
            String name,
            String master,
            String state,
            Optional<String> note,
            long recipients,
            long sent,
            long failed,
            long left,
            Optional<String> startAt) {

        static CampaignJson of(Progress progress) {
            Campaign campaign = progress.campaign();
            return new CampaignJson(
                    campaign.id().toString(),
                    campaign.name(),
                    campaign.pool().value(),
                    campaign.state().key(),
                    campaign.note(),
                    progress.counts().recipients(),
                    progress.counts().sent(),
                    progress.counts().of(RecipientState.FAILED),
                    progress.counts().left(),
                    campaign.startAt().map(Instant::toString));
        }
    }

    private record CampaignsJson(List<CampaignJson> campaigns) {}

    public List<Command> all() {
        return List.of(MESSAGES.command("campaigns", "List campaigns; start, pause, resume or cancel one", this::run)
                .taking(0, 2, "[start|pause|resume|cancel] [campaign]", "pause \"Honey week\"")
                .withUsages("'campaigns'", "'campaigns <campaign>'", "'campaigns start|pause|resume|cancel <campaign>'")
                .suggesting((account, before) -> before.isEmpty()
                        ? Stream.concat(
                                        Stream.of("start", "pause", "resume", "cancel")
                                                .map(word -> new Frame.Word(word, "", false)),
                                        names(account).stream())
                                .toList()
                        : names(account)));
    }

    private List<Frame.Word> names(Optional<Account> account) {
        return account.stream()
                .flatMap(found -> campaigns.list(found.id(), Optional.empty(), SHOWN).stream())
                .map(Progress::campaign)
                .map(campaign ->
                        new Frame.Word(campaign.name(), campaign.state().key(), false))
                .toList();
    }

    private CommandResult run(Order order) {
        List<String> words = order.words();
        return switch (words.size()) {
            case 0 -> list(order, campaigns.list(order.tenant(), Optional.empty(), SHOWN));
            case 1 -> list(order, List.of(find(order, words.getFirst())));
            default -> act(order, words.getFirst(), find(order, words.getLast()));
        };
    }

    private CommandResult act(Order order, String act, Progress found) {
        UUID id = found.campaign().id();
        Outcome<Campaign> done = switch (act.toLowerCase(Locale.ROOT)) {
            case "start" -> acts.start(order.tenant(), order.actor(), id);
            case "pause" -> acts.pause(order.tenant(), order.actor(), id);
            case "resume" -> acts.resume(order.tenant(), order.actor(), id);
            case "cancel" -> acts.cancel(order.tenant(), order.actor(), id);
            default -> throw order.misused();
        };
        Campaign now = CommandRefused.unless(done, new CommandRefused("Campaign not found"));
        order.say("✅ " + now.name() + ": " + now.state().key());
        return order.done(CampaignJson.of(find(order, id.toString())));
    }

    /// By its id or its name, the newest first.
    private Progress find(Order order, String typed) {
        return Uuids.parse(typed)
                .flatMap(id -> campaigns.progress(order.tenant(), id))
                .or(() -> campaigns.list(order.tenant(), Optional.empty(), SHOWN).stream()
                        .filter(one -> one.campaign().name().equalsIgnoreCase(typed))
                        .findFirst())
                .orElseThrow(
                        () -> new CommandRefused("Campaign not found: " + typed, "💡 Use 'campaigns' to list them"));
    }

    private CommandResult list(Order order, List<Progress> all) {
        if (order.json()) {
            return order.show(
                    new CampaignsJson(all.stream().map(CampaignJson::of).toList()));
        }
        Map<SenderId, Sender> masters = pools.senders(
                order.tenant(), all.stream().map(one -> one.campaign().pool()).toList());
        order.say("📣 CAMPAIGNS (" + all.size() + ")");
        order.say("");
        all.forEach(one -> say(order, one, masters));
        if (all.isEmpty()) {
            order.say("  (none)");
        }
        return CommandResult.DONE;
    }

    private static void say(Order order, Progress progress, Map<SenderId, Sender> masters) {
        Campaign campaign = progress.campaign();
        String pool = Optional.ofNullable(masters.get(campaign.pool()))
                .map(Sender::displayName)
                .orElse(campaign.pool().value());
        order.say("  " + campaign.name() + "  " + campaign.state().key() + "  " + campaign.id());
        order.say("     "
                + String.format(
                        Locale.ROOT,
                        "%s: %,d of %,d sent, %,d failed, %,d left",
                        pool,
                        progress.counts().sent(),
                        progress.counts().recipients(),
                        progress.counts().of(RecipientState.FAILED),
                        progress.counts().left()));
        campaign.note().ifPresent(note -> order.say("     ⏳ " + note));
    }
}
