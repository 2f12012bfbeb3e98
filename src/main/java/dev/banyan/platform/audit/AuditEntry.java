package dev.banyan.platform.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// One row of the audit, as those read it who may.
///
/// @param tenant [AccountId#SERVER] where it is about the server itself
/// @param identity empty for the server, for visitors and for users of workspaces
/// @param ip `server` for what the server did by itself
/// @param details JSON; empty when they were erased
/// @param place in the chain of its tenant; empty while it waits to be sealed
public record AuditEntry(
        UUID id,
        AccountId tenant,
        Instant at,
        Optional<IdentityId> identity,
        Optional<AccountId> account,
        String action,
        String target,
        Optional<String> details,
        String ip,
        Optional<Place> place) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /// @param hash SHA-256 in hexadecimal
    public record Place(long sequence, String hash) {}

    public boolean isOfServer() {
        return tenant.equals(AccountId.SERVER);
    }

    /// True for what nobody did: jobs, set-up, sample data.
    public boolean isByServer() {
        return identity.isEmpty() && ip.equals(Actor.SERVER.ip());
    }

    /// In plain words.
    public String sentence() {
        return AuditWords.sentence(action, facts());
    }

    /// The details as text, in their order; lists with commas.
    public Map<String, String> facts() {
        var facts = new LinkedHashMap<String, String>();
        try {
            JsonNode parsed = JSON.readTree(details.orElse("{}"));
            parsed.properties().forEach(field -> facts.put(field.getKey(), text(field.getValue())));
        } catch (JsonProcessingException _) {
            details.ifPresent(text -> facts.put("details", text)); // somebody changed it; it is shown as it is
        }
        return facts;
    }

    private static String text(JsonNode value) {
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false)
                        .map(AuditEntry::text)
                        .collect(Collectors.joining(", "))
                : value.isValueNode() ? value.asText() : value.toString();
    }
}
