package dev.banyan.platform.webhooks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.platform.Owner;
import dev.banyan.platform.audit.ActListener;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;

/// Makes events of what the audit log records: what people change has an event without being told twice.
@Singleton
final class ActEvents implements ActListener {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Webhooks webhooks;

    ActEvents(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    @Override
    public void noted(Tx tx, Owner owner, String act, String target, String details) {
        EventType.ofAct(act)
                .ifPresent(type -> webhooks.tell(tx, owner, type, target, () -> data(owner, act, target, details)));
    }

    private static Map<String, ?> data(Owner owner, String act, String target, String details) {
        var data = new LinkedHashMap<String, Object>();
        data.put("id", target);
        data.put("account", owner.account().toString());
        data.put("act", act);
        data.put("details", read(details));
        return data;
    }

    private static JsonNode read(String details) {
        try {
            return JSON.readTree(details);
        } catch (JsonProcessingException impossible) {
            throw new IllegalArgumentException("The audit log writes JSON", impossible);
        }
    }
}
