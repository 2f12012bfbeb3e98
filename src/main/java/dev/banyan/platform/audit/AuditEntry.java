package dev.banyan.platform.audit;

import module java.base;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;

/// One audit entry, as authorized readers see it.
///
/// @param tenant [AccountId#SERVER] if it is about the server itself
/// @param identity empty for the server, for visitors and for users of workspaces
/// @param ip `server` for the server's own acts
/// @param details JSON; empty if they were erased
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
        Optional<ChainPosition> place) {

    /// Details of what an operator did for an account: its id, and that of the access.
    static final String ON_BEHALF = "onBehalfOf";

    static final String SUPPORT_ACCESS = "supportAccess";

    /// The id of the key with which a program did it.
    public static final String API_KEY = "apiKey";

    private static final ObjectMapper JSON = new ObjectMapper();

    /// @param hash SHA-256 in hexadecimal
    public record ChainPosition(long sequence, String hash) {}

    public boolean isOfServer() {
        return tenant.equals(AccountId.SERVER);
    }

    /// Returns true for the server's own acts: jobs, set-up, sample data.
    public boolean isByServer() {
        return identity.isEmpty() && ip.equals(Actor.SERVER.ip());
    }

    /// Returns true for what an operator did while they acted for the account.
    public boolean isBySupport() {
        return facts().containsKey(SUPPORT_ACCESS);
    }

    /// Returns the entry in plain words.
    public String sentence() {
        String act = AuditWords.sentence(action, facts());
        return isBySupport() ? act + " (support, for this account)" : act;
    }

    /// Returns the details as text, in their order; lists with commas.
    public Map<String, String> facts() {
        var facts = new LinkedHashMap<String, String>();
        try {
            JsonNode parsed = JSON.readTree(details.orElse("{}"));
            parsed.properties().forEach(field -> facts.put(field.getKey(), text(field.getValue())));
        } catch (JsonProcessingException _) {
            details.ifPresent(text -> facts.put("details", text)); // manipulated JSON, shown as it is
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
