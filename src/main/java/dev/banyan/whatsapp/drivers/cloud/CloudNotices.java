package dev.banyan.whatsapp.drivers.cloud;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.whatsapp.drivers.HookEvent;
import dev.banyan.whatsapp.drivers.HookEvent.Notice;

/// What Meta tells about the account, its numbers and its templates. It names the account, or a number by its digits,
/// but not by its id: people are told, and the states of the numbers are asked for.
final class CloudNotices {

    private CloudNotices() {}

    static List<HookEvent> read(String field, JsonNode value) {
        Optional<Notice> notice = switch (field) {
            case "account_update" -> account(value);
            case "account_alerts" -> alert(value.path("alert_info").isObject() ? value.path("alert_info") : value);
            case "account_review_update" -> review(value);
            case "business_capability_update" -> capability(value);
            case "phone_number_quality_update" -> quality(value);
            case "phone_number_name_update" -> name(value);
            case "security" -> security(value);
            default -> Optional.empty();
        };
        return notice.<List<HookEvent>>map(List::of)
                .orElseGet(() -> remotes(value).stream()
                        .<HookEvent>map(HookEvent.Alive::new)
                        .toList());
    }

    private static Optional<Notice> bad(JsonNode value, String title, String details) {
        return Optional.of(new Notice(remotes(value), title, details, true));
    }

    private static Optional<Notice> good(JsonNode value, String title, String details) {
        return Optional.of(new Notice(remotes(value), title, details, false));
    }

    private static List<String> remotes(JsonNode value) {
        String remote = GraphJson.first(GraphJson.text(value, "phone_number_id"), CloudWebhooks.remote(value));
        return remote.isEmpty() ? List.of() : List.of(remote);
    }

    private static Optional<Notice> account(JsonNode value) {
        return switch (GraphJson.text(value, "event")) {
            case "ACCOUNT_RESTRICTION" -> bad(value, "Business account restricted", restrictions(value));
            case "DISABLED_UPDATE" -> ban(value);
            case "ACCOUNT_VIOLATION" ->
                bad(
                        value,
                        "Policy violation",
                        "WhatsApp says that this business account broke a policy"
                                + inBrackets(GraphJson.text(value.path("violation_info"), "violation_type"))
                                + ". See Account Quality in WhatsApp Manager.");
            case "ACCOUNT_DELETED" ->
                bad(value, "Business account deleted", "Its numbers no longer send or receive messages.");
            case "PARTNER_REMOVED", "PARTNER_APP_UNINSTALLED", "ACCOUNT_OFFBOARDED" ->
                bad(
                        value,
                        "Access removed",
                        "The app no longer has access to a number of this account" + removed(value));
            case "ACCOUNT_RECONNECTED" -> good(value, "Account reconnected", "The business account works again.");
            default -> Optional.empty();
        };
    }

    private static String restrictions(JsonNode value) {
        var sentences = new ArrayList<String>();
        for (JsonNode restriction : value.path("restriction_info")) {
            String until = GraphJson.time(restriction, "expiration")
                    .map(time -> " until " + time.truncatedTo(ChronoUnit.SECONDS)) // pages show it in the reader’s zone
                    .orElse("");
            sentences.add(
                    switch (GraphJson.text(restriction, "restriction_type")) {
                        case "RESTRICTED_BIZ_INITIATED_MESSAGING" ->
                            "No templates can be sent" + until + "; replies go out.";
                        case "RESTRICTED_CUSTOMER_INITIATED_MESSAGING" -> "No replies can be sent" + until + ".";
                        case "RESTRICTED_UTILITY_TEMPLATES" -> "No utility templates can be sent" + until + ".";
                        case "RESTRICTED_ADD_PHONE_NUMBER_ACTION" -> "No numbers can be added" + until + ".";
                        default -> "Some features are limited" + until + ".";
                    });
        }
        sentences.add("See Account Quality in WhatsApp Manager.");
        return String.join(" ", sentences);
    }

    private static Optional<Notice> ban(JsonNode value) {
        JsonNode ban = value.path("ban_info");
        String date = GraphJson.text(ban, "waba_ban_date");
        // Some versions list the states.
        return switch (ban.path("waba_ban_state").path(0).asText(GraphJson.text(ban, "waba_ban_state"))) {
            case "REINSTATE" ->
                good(value, "Business account restored", "WhatsApp has lifted the ban of this business account.");
            case "SCHEDULE_FOR_DISABLE" ->
                bad(
                        value,
                        "Business account will be disabled",
                        "WhatsApp will disable this business account" + (date.isEmpty() ? "" : " on " + date)
                                + ". Appeal in WhatsApp Manager.");
            default ->
                bad(
                        value,
                        "Business account banned",
                        "WhatsApp has disabled this business account. Appeal in WhatsApp Manager.");
        };
    }

    private static String removed(JsonNode value) {
        return switch (GraphJson.text(value.path("disconnection_info"), "reason")) {
            case "PRIMARY_INACTIVITY" -> ": its phone was offline for about two weeks.";
            case "COMPANION_INACTIVITY" -> ": it wasn’t used for about a month.";
            case "CHANGE_NUMBER" -> ": the number was changed on the phone.";
            case "USER_RE_REGISTERED" -> ": the number was registered on another phone.";
            case "BUSINESS_DOWNGRADE" -> ": the phone went from WhatsApp Business to WhatsApp.";
            default -> ". Connect it again in WhatsApp Manager.";
        };
    }

    private static Optional<Notice> alert(JsonNode alert) {
        boolean isBad = !GraphJson.text(alert, "alert_severity").equals("INFORMATIONAL");
        String type = GraphJson.text(alert, "alert_type").replace('_', ' ').toLowerCase(Locale.ROOT);
        return Optional.of(new Notice(
                List.of(),
                "Notice from WhatsApp",
                "WhatsApp has a notice for this business account" + inBrackets(type) + ". See WhatsApp Manager.",
                isBad));
    }

    private static Optional<Notice> review(JsonNode value) {
        return switch (GraphJson.text(value, "decision")) {
            case "APPROVED" -> good(value, "Business account approved", "WhatsApp has approved this business account.");
            case "REJECTED" ->
                bad(
                        value,
                        "Business account rejected",
                        "WhatsApp has rejected this business account. Appeal in WhatsApp" + " Manager.");
            default -> Optional.empty();
        };
    }

    private static Optional<Notice> capability(JsonNode value) {
        String limit = GraphJson.first(
                GraphJson.text(value, "max_daily_conversations_per_business"),
                GraphJson.text(value, "max_daily_conversation_per_phone"));
        String words = CloudNumbers.tierWords(limit).orElse(limit);
        return words.isEmpty() || words.equals("-1")
                ? good(
                        value,
                        "Limits changed",
                        "WhatsApp has changed the limits of this business. See WhatsApp Manager.")
                : good(value, "Messaging limit changed", "New chats in 24 hours, for all numbers: " + words + ".");
    }

    private static Optional<Notice> quality(JsonNode value) {
        String number = number(value);
        return switch (GraphJson.text(value, "event")) {
            case "FLAGGED" ->
                bad(
                        value,
                        "Quality rating low",
                        "WhatsApp has flagged" + number + ": too many people block or report it.");
            case "DOWNGRADE" ->
                bad(value, "Messaging limit lowered", "WhatsApp lowered the limit of" + number + tier(value));
            case "UNFLAGGED" -> good(value, "Quality rating recovered", "WhatsApp no longer flags" + number + ".");
            case "UPGRADE" ->
                good(value, "Messaging limit raised", "WhatsApp raised the limit of" + number + tier(value));
            case "THROUGHPUT_UPGRADE" ->
                good(
                        value,
                        "More messages per second",
                        "WhatsApp lets" + number + " send up to 1,000 messages per second.");
            default -> Optional.empty();
        };
    }

    private static String tier(JsonNode value) {
        String tier = GraphJson.first(
                GraphJson.text(value, "max_daily_conversations_per_business"), GraphJson.text(value, "current_limit"));
        return CloudNumbers.tierWords(tier)
                .map(words -> ". New chats in 24 hours: " + words + ".")
                .orElse(".");
    }

    private static Optional<Notice> name(JsonNode value) {
        return switch (GraphJson.text(value, "decision")) {
            case "APPROVED" ->
                good(value, "Display name approved", "WhatsApp approved the display name of" + number(value) + ".");
            case "REJECTED", "DECLINED" ->
                bad(
                        value,
                        "Display name declined",
                        "WhatsApp declined the display name of" + number(value)
                                + ". Choose another in WhatsApp Manager.");
            default -> Optional.empty();
        };
    }

    private static String number(JsonNode value) {
        return CloudContacts.phone(GraphJson.text(value, "display_phone_number"))
                .map(phone -> " " + phone)
                .orElse(" a number");
    }

    private static Optional<Notice> security(JsonNode value) {
        String number = number(value);
        String manager = " in WhatsApp Manager. If it wasn’t you, secure the Meta account.";
        return switch (GraphJson.text(value, "event")) {
            case "PIN_CHANGED" ->
                good(
                        value,
                        "Two-step PIN changed",
                        "Someone changed or turned on the two-step PIN of" + number + manager);
            case "PIN_RESET_REQUEST" ->
                bad(
                        value,
                        "Two-step PIN reset requested",
                        "Someone asked to turn off the two-step PIN of" + number + manager
                                + " The PIN stays as it is until they confirm it by email.");
            case "PIN_REQUEST_SUCCESS", "PIN_RESET_SUCCESS" ->
                bad(value, "Two-step PIN turned off", "Someone turned off the two-step PIN of" + number + manager);
            default -> good(value, "Security setting changed", "Someone changed a setting of" + number + manager);
        };
    }

    private static String inBrackets(String text) {
        return text.isEmpty() ? "" : " (" + text + ")";
    }

    static List<HookEvent> ofTemplate(String field, JsonNode value) {
        var events = new ArrayList<HookEvent>();
        events.add(new HookEvent.TemplatesChanged());
        String named = "The template " + GraphJson.text(value, "message_template_name")
                + inBrackets(GraphJson.text(value, "message_template_language"));
        switch (field) {
            case "message_template_status_update" -> ofStatus(value, named).ifPresent(events::add);
            case "template_category_update" ->
                announced(value, named)
                        .or(() -> GraphJson.given(value, "new_category")
                                .map(category -> new Notice(
                                        List.of(),
                                        "Template category changed",
                                        named + " is now in the category " + category.toLowerCase(Locale.ROOT)
                                                + ". Its price may change.",
                                        true)))
                        .ifPresent(events::add);
            default -> {}
        }
        return events;
    }

    /// A change is announced a day before, with the category of today as the new one.
    private static Optional<Notice> announced(JsonNode value, String named) {
        String from = GraphJson.time(value, "category_update_timestamp")
                .map(time -> " from " + time.truncatedTo(ChronoUnit.SECONDS) + " on")
                .orElse(" within a day");
        return GraphJson.given(value, "correct_category")
                .map(category -> new Notice(
                        List.of(),
                        "Template category will change",
                        named + " will be in the category " + category.toLowerCase(Locale.ROOT) + from
                                + ". Its price may change.",
                        true));
    }

    private static Optional<Notice> ofStatus(JsonNode value, String named) {
        Optional<String> sentence = switch (GraphJson.text(value, "event")) {
            case "PAUSED" -> Optional.of(" is paused because of its quality. Use another one until the pause ends.");
            case "DISABLED" -> Optional.of(" is disabled for good. Use another one.");
            case "REJECTED" ->
                Optional.of(" was rejected"
                        + GraphJson.given(value.path("rejection_info"), "reason")
                                .map(": "::concat)
                                .orElse(". See the reason in WhatsApp Manager."));
            case "FLAGGED" -> Optional.of(" gets bad feedback, and will be disabled if that goes on.");
            case "LOCKED", "PENDING_DELETION", "DELETED", "ARCHIVED" -> Optional.of(" can no longer be sent.");
            default -> Optional.empty();
        };
        return sentence.map(words -> new Notice(List.of(), "Template can’t be relied on", named + words, true));
    }
}
