package dev.banyan.whatsapp.drivers.cloud;

import module java.base;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// A business phone number, as its node shows it.
public final class FakeNumber {

    private static final List<String> USUAL = List.of(
            "verified_name",
            "code_verification_status",
            "display_phone_number",
            "quality_rating",
            "platform_type",
            "throughput",
            "webhook_configuration",
            "id");

    private final String id;
    private final String digits;
    private final ObjectNode node;

    FakeNumber(String id, String digits, String name) {
        this.id = id;
        this.digits = digits;
        this.node = GraphJson.object()
                .put("id", id)
                .put("display_phone_number", "+" + digits.substring(0, 3) + " " + digits.substring(3))
                .put("verified_name", name)
                .put("status", "CONNECTED")
                .put("quality_rating", "GREEN")
                .put("name_status", "APPROVED")
                .put("code_verification_status", "VERIFIED")
                .put("platform_type", "CLOUD_API")
                .put("account_mode", "LIVE")
                .put("whatsapp_business_manager_messaging_limit", "TIER_2K");
        node.putObject("throughput").put("level", "STANDARD");
        node.putObject("webhook_configuration");
        health("AVAILABLE");
    }

    public String id() {
        return id;
    }

    public String digits() {
        return digits;
    }

    /// Sets a field of the node, such as `status` or `quality_rating`.
    public synchronized void set(String field, String value) {
        node.put(field, value);
    }

    public synchronized void without(String field) {
        node.remove(field);
    }

    public synchronized void throughput(String level) {
        node.putObject("throughput").put("level", level);
    }

    /// @param value for the number and all that it needs
    public synchronized void health(String value) {
        ObjectNode health = node.putObject("health_status").put("can_send_message", value);
        health.putArray("entities")
                .addObject()
                .put("entity_type", "PHONE_NUMBER")
                .put("id", id)
                .put("can_send_message", value);
    }

    /// Sets the health of another part, which limits the whole.
    public synchronized void health(String entity, String value, int error) {
        ObjectNode health = node.putObject("health_status").put("can_send_message", value);
        var entities = health.putArray("entities");
        entities.addObject().put("entity_type", "PHONE_NUMBER").put("id", id).put("can_send_message", "AVAILABLE");
        entities.addObject()
                .put("entity_type", entity)
                .put("id", "100000000000001")
                .put("can_send_message", value)
                .putArray("errors")
                .addObject()
                .put("error_code", error)
                .put("error_description", "…")
                .put("possible_solution", "…");
    }

    /// @param level `application`, `whatsapp_business_account` or `phone_number`
    public synchronized void hook(String level, String address) {
        ((ObjectNode) node.path("webhook_configuration")).put(level, address);
    }

    public synchronized String status() {
        return node.path("status").asText("CONNECTED");
    }

    synchronized boolean isFast() {
        return node.path("throughput").path("level").asText().equals("HIGH");
    }

    /// @param fields empty: the usual ones
    synchronized ObjectNode node(String fields) {
        List<String> wanted = fields.isEmpty() ? USUAL : Arrays.asList(fields.split(","));
        ObjectNode shown = GraphJson.object();
        wanted.forEach(field -> {
            if (node.has(field)) {
                shown.set(field, node.get(field).deepCopy());
            }
        });
        return shown.put("id", id);
    }
}
