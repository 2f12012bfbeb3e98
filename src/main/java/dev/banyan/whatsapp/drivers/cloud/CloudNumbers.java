package dev.banyan.whatsapp.drivers.cloud;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.connections.NumberStatus;
import dev.banyan.whatsapp.connections.NumberStatus.State;
import dev.banyan.whatsapp.history.SenderRating;

/// What a phone number node says: whether it may send, and what people should know about it.
final class CloudNumbers {

    /// What is asked for. Some fields are missing in answers to tokens of partners; none is relied on.
    static final String NODE = "id,display_phone_number,verified_name,status,quality_rating,name_status,"
            + "code_verification_status,platform_type,account_mode,throughput,health_status,webhook_configuration,"
            + "whatsapp_business_manager_messaging_limit";

    /// Meta's code for a business account that can't be charged: replies still go out.
    private static final int PAYMENT = 141006;

    private static final List<Integer> BANS = List.of(131031, 133007);

    private static final int LONGEST_RATING = 20;

    private CloudNumbers() {}

    static NumberStatus status(JsonNode node) {
        NumberStatus bare = ofStatus(GraphJson.text(node, "status"));
        NumberStatus judged = bare.state() == State.WORKING ? ofHealth(node.path("health_status"), bare) : bare;
        return new NumberStatus(
                judged.state(),
                phone(node),
                GraphJson.text(node, "verified_name"),
                judged.reason(),
                Optional.empty(),
                String.join(" ", remarks(node)),
                rating(node));
    }

    static Optional<Phone> phone(JsonNode node) {
        return CloudContacts.phone(GraphJson.text(node, "display_phone_number"));
    }

    private static NumberStatus ofStatus(String status) {
        return switch (status) {
            // Where the status is left out, the node itself is the proof.
            case "CONNECTED", "FLAGGED", "" -> NumberStatus.of(State.WORKING);
            case "PENDING" ->
                NumberStatus.of(
                        State.STARTING,
                        "The number isn’t registered yet. Finish its registration in WhatsApp Manager.");
            case "UNVERIFIED" ->
                NumberStatus.of(State.BLOCKED, "The number isn’t verified yet. Verify it in WhatsApp Manager.");
            case "RESTRICTED" ->
                NumberStatus.of(
                        State.RESTRICTED,
                        "WhatsApp lets this number answer only. See Account Quality in WhatsApp Manager.");
            case "RATE_LIMITED" ->
                NumberStatus.of(State.RESTRICTED, "The limit of new chats in 24 hours is reached. Replies go out.");
            case "PAUSED" ->
                NumberStatus.of(State.RESTRICTED, "WhatsApp has paused this number because of its quality.");
            case "BANNED" ->
                NumberStatus.of(State.BANNED, "WhatsApp has banned this number. Appeal in WhatsApp Manager.");
            case "MIGRATED" -> NumberStatus.of(State.UNLINKED, "The number was moved to another business account.");
            case "DELETED" -> NumberStatus.of(State.UNLINKED, "The number was deleted in WhatsApp Manager.");
            case "OFFLINE", "DISCONNECTED" ->
                NumberStatus.of(
                        State.STOPPED,
                        "WhatsApp says that the number is offline. Register it again in WhatsApp Manager if this lasts.");
            default ->
                NumberStatus.of(State.STOPPED, "WhatsApp reports a state that isn’t known yet. See WhatsApp Manager.");
        };
    }

    private static NumberStatus ofHealth(JsonNode health, NumberStatus working) {
        return switch (GraphJson.text(health, "can_send_message")) {
            case "BLOCKED" -> blocked(health);
            case "LIMITED" -> limited(health, working);
            default -> working;
        };
    }

    private static NumberStatus blocked(JsonNode health) {
        if (codes(health).stream().anyMatch(BANS::contains)) {
            return NumberStatus.of(
                    State.BANNED, "WhatsApp has locked this business account. Appeal in WhatsApp Manager.");
        }
        if (codes(health).contains(PAYMENT)) {
            return unpaid();
        }
        return NumberStatus.of(
                State.BLOCKED,
                "WhatsApp blocks messages of this number because of " + entities(health, "BLOCKED")
                        + ". See WhatsApp Manager for what to do." + inBrackets(codes(health)));
    }

    /// A new business is limited for weeks, until it is verified, and may send all the same. Only what concerns the
    /// number itself, or its payment, keeps it from opening chats.
    private static NumberStatus limited(JsonNode health, NumberStatus working) {
        if (codes(health).contains(PAYMENT)) {
            return unpaid();
        }
        boolean concernsTheNumber = entries(health).stream()
                .filter(entity -> GraphJson.text(entity, "can_send_message").equals("LIMITED"))
                .anyMatch(entity ->
                        GraphJson.text(entity, "entity_type").equals("PHONE_NUMBER") && !entity.has("additional_info"));
        boolean isUnexplained = entries(health).stream()
                .noneMatch(entity -> GraphJson.text(entity, "can_send_message").equals("LIMITED"));
        return concernsTheNumber || isUnexplained
                ? NumberStatus.of(
                        State.RESTRICTED,
                        "WhatsApp limits this number: replies go out, new chats may not. See WhatsApp Manager."
                                + inBrackets(codes(health)))
                : working;
    }

    private static NumberStatus unpaid() {
        return NumberStatus.of(
                State.RESTRICTED,
                "WhatsApp can’t charge this business account, so that only replies go out. Mend its payment method in"
                        + " Meta Business Settings.");
    }

    private static List<JsonNode> entries(JsonNode health) {
        return StreamSupport.stream(health.path("entities").spliterator(), false)
                .toList();
    }

    private static List<Integer> codes(JsonNode health) {
        var codes = new ArrayList<Integer>();
        entries(health)
                .forEach(entity -> entity.path("errors")
                        .forEach(error -> codes.add(error.path("error_code").asInt())));
        return codes;
    }

    private static String inBrackets(List<Integer> codes) {
        return codes.isEmpty()
                ? ""
                : " (Error "
                        + String.join(", ", codes.stream().map(String::valueOf).toList()) + ")";
    }

    private static String entities(JsonNode health, String value) {
        List<String> names = entries(health).stream()
                .filter(entity -> GraphJson.text(entity, "can_send_message").equals(value))
                .map(entity -> switch (GraphJson.text(entity, "entity_type")) {
                    case "PHONE_NUMBER" -> "the number";
                    case "WABA" -> "the WhatsApp Business Account";
                    case "BUSINESS" -> "the business portfolio";
                    case "APP" -> "the Meta app";
                    default -> "another part of the account";
                })
                .distinct()
                .toList();
        return names.isEmpty() ? "a problem of the account" : String.join(" and ", names);
    }

    private static List<String> remarks(JsonNode node) {
        var remarks = new ArrayList<String>();
        if (GraphJson.text(node, "status").equals("FLAGGED")) {
            remarks.add("WhatsApp has flagged this number because of its quality.");
        }
        switch (GraphJson.text(node, "quality_rating")) {
            case "RED" -> remarks.add("Quality rating: low (RED). Send less, and only what people asked for.");
            case "YELLOW" -> remarks.add("Quality rating: medium (YELLOW).");
            default -> {}
        }
        switch (GraphJson.text(node, "name_status")) {
            case "PENDING_REVIEW", "PENDING" -> remarks.add("The display name is being reviewed.");
            case "DECLINED", "REJECTED" ->
                remarks.add("The display name was declined. Choose another in WhatsApp Manager.");
            case "EXPIRED" -> remarks.add("The approval of the display name has expired.");
            default -> {}
        }
        if (GraphJson.text(node, "account_mode").equals("SANDBOX")) {
            remarks.add("This is a test number: it reaches only the contacts on its list.");
        }
        JsonNode health = node.path("health_status");
        if (GraphJson.text(health, "can_send_message").equals("LIMITED")) {
            remarks.add("WhatsApp reports limits for " + entities(health, "LIMITED") + "." + inBrackets(codes(health)));
        }
        throughput(GraphJson.text(node.path("throughput"), "level")).ifPresent(remarks::add);
        limit(node).ifPresent(remarks::add);
        return remarks;
    }

    private static Optional<String> throughput(String level) {
        return switch (level) {
            case "STANDARD" -> Optional.of("Up to 80 messages per second.");
            case "HIGH" -> Optional.of("Up to 1,000 messages per second.");
            default -> Optional.empty();
        };
    }

    private static Optional<SenderRating> rating(JsonNode node) {
        String quality = GraphJson.text(node, "quality_rating").toLowerCase(Locale.ROOT);
        var rating = new SenderRating(
                quality.length() <= LONGEST_RATING ? quality : "",
                tierWords(tier(node)).orElse(""));
        return Optional.of(rating).filter(one -> !one.equals(SenderRating.NONE));
    }

    private static String tier(JsonNode node) {
        return GraphJson.first(
                GraphJson.text(node, "whatsapp_business_manager_messaging_limit"),
                GraphJson.text(node, "messaging_limit_tier"));
    }

    private static Optional<String> limit(JsonNode node) {
        return tierWords(tier(node))
                .map(words -> "New chats in 24 hours, for all numbers of the business: " + words + ".");
    }

    /// Returns a limit in words: `TIER_2K` as `2,000`.
    static Optional<String> tierWords(String tier) {
        return switch (tier) {
            case "TIER_50" -> Optional.of("50");
            case "TIER_250" -> Optional.of("250");
            case "TIER_1K" -> Optional.of("1,000");
            case "TIER_2K" -> Optional.of("2,000");
            case "TIER_10K" -> Optional.of("10,000");
            case "TIER_100K" -> Optional.of("100,000");
            case "TIER_UNLIMITED" -> Optional.of("unlimited");
            default -> Optional.empty();
        };
    }
}
