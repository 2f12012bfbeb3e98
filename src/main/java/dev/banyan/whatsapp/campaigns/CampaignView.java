package dev.banyan.whatsapp.campaigns;

import module java.base;
import dev.banyan.platform.web.page.Words;
import dev.banyan.whatsapp.campaigns.Campaigns.Progress;

/// A campaign as people see it.
///
/// @param message its text, or the name of its template
/// @param charges what WhatsApp charges its messages as; empty if it has not said so
/// @param figures how many recipients are in each state, without those that are empty
record CampaignView(
        String id,
        String name,
        String pool,
        String state,
        String tone,
        Optional<String> note,
        String message,
        boolean isTemplate,
        int percent,
        String doneText,
        String recipientsText,
        List<Figure> figures,
        String charges,
        Optional<String> start,
        Optional<String> rate,
        Optional<String> end,
        boolean draft,
        boolean live,
        boolean canPause,
        boolean canResume,
        boolean canCancel,
        boolean canDelete) {

    /// @param state its name in the address of the list
    record Figure(String state, String label, String count) {}

    /// @param zone of the pool, for its times
    static CampaignView of(Progress progress, String pool, ZoneId zone) {
        Campaign campaign = progress.campaign();
        RecipientCounts counts = progress.counts();
        CampaignState state = campaign.state();
        boolean isOn = state == CampaignState.RUNNING || state == CampaignState.SCHEDULED;
        return new CampaignView(
                campaign.id().toString(),
                campaign.name(),
                pool,
                word(state),
                tone(state),
                campaign.note(),
                campaign.message()
                        .template()
                        .map(template -> template.name() + " (" + template.language() + ")")
                        .orElse(campaign.message().text()),
                campaign.message().template().isPresent(),
                counts.percent(),
                "%s of %s".formatted(Words.grouped(counts.handled()), Words.grouped(counts.recipients())),
                Words.count(counts.recipients(), "recipient", "recipients"),
                figures(counts),
                charges(progress),
                campaign.startedAt().or(campaign::startAt).map(time -> Words.moment(time, zone)),
                campaign.perMinute()
                        .filter(_ -> state == CampaignState.RUNNING)
                        .map(rate -> Words.grouped(rate) + " per minute"),
                progress.endsAt().map(time -> Words.moment(time, zone)),
                state == CampaignState.DRAFT,
                isOn,
                isOn,
                state == CampaignState.PAUSED,
                isOn || state == CampaignState.PAUSED,
                state == CampaignState.DRAFT || state.isOver());
    }

    private static String charges(Progress progress) {
        return progress.charges().stream()
                .map(one -> Words.grouped(one.messages()) + " " + one.category() + (one.isBillable() ? "" : " (free)"))
                .collect(Collectors.joining(", "));
    }

    private static List<Figure> figures(RecipientCounts counts) {
        return Stream.of(RecipientState.values())
                .filter(state -> counts.of(state) > 0)
                .map(state -> new Figure(state.key(), label(state), Words.grouped(counts.of(state))))
                .toList();
    }

    static String word(CampaignState state) {
        return switch (state) {
            case DRAFT -> "Draft";
            case SCHEDULED -> "Scheduled";
            case RUNNING -> "Running";
            case PAUSED -> "Paused";
            case DONE -> "Done";
            case CANCELED -> "Canceled";
        };
    }

    private static String tone(CampaignState state) {
        return switch (state) {
            case RUNNING, DONE -> "good";
            case PAUSED -> "warn";
            case DRAFT, SCHEDULED, CANCELED -> "";
        };
    }

    static String label(RecipientState state) {
        return switch (state) {
            case PENDING -> "Not sent yet";
            case WAITING -> "In the queue";
            case SENT -> "Sent";
            case DELIVERED -> "Delivered";
            case READ -> "Read";
            case FAILED -> "Failed";
            case UNCERTAIN -> "Uncertain";
            case CANCELED -> "Canceled";
            case DUPLICATE -> "Duplicate";
            case INVALID -> "Invalid number";
            case OPTED_OUT -> "Opted out";
        };
    }

    static String tone(RecipientState state) {
        return switch (state) {
            case SENT, DELIVERED, READ -> "good";
            case FAILED, INVALID -> "bad";
            case UNCERTAIN, OPTED_OUT -> "warn";
            case PENDING, WAITING, CANCELED, DUPLICATE -> "";
        };
    }
}
