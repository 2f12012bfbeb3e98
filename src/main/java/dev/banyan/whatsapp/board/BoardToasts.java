package dev.banyan.whatsapp.board;

import module java.base;
import dev.banyan.platform.web.page.Toasts;
import jakarta.inject.Singleton;

/// Sentences about what was done here.
@Singleton
final class BoardToasts implements Toasts {

    @Override
    public Map<String, String> sentences() {
        return Map.ofEntries(
                Map.entry("master-added", "Master added"),
                Map.entry("servant-added", "Servant added"),
                Map.entry("servant-moved", "Servant moved"),
                Map.entry("servant-removed", "Servant removed"),
                Map.entry("master-removed", "Master removed"),
                Map.entry("servants-moved", "All servants moved"),
                Map.entry("number-moved", "Number moved to another connection"),
                Map.entry("sender-saved", "Number saved"),
                Map.entry("sender-unlinked", "Number logged out"),
                Map.entry("fault-done", "Done. Check the events for the result."),
                Map.entry("proxy-added", "Proxy added"),
                Map.entry("proxy-saved", "Proxy saved"),
                Map.entry("proxy-deleted", "Proxy deleted"),
                Map.entry("sender-proxy-saved", "Proxy of this number saved"),
                Map.entry("alerts-saved", "Alert settings saved"),
                Map.entry("connection-added", "Connection added"),
                Map.entry("connection-saved", "Connection saved"),
                Map.entry("connection-removed", "Connection removed"),
                Map.entry("pool-saved", "Pool settings saved"),
                Map.entry("failover-saved", "Failover settings saved"),
                Map.entry("failover-started", "Another pool stands in now"),
                Map.entry("failover-ended", "Everything was moved back"),
                Map.entry("failover-refused", "Failover refused"),
                Map.entry("message-ordered", "Message queued"),
                Map.entry("message-resent", "Message queued again"),
                Map.entry("message-canceled", "Message canceled"),
                Map.entry("message-given-up", "Message marked as failed"),
                Map.entry("messages-resent", "Messages queued again"),
                Map.entry("messages-canceled", "Messages canceled"),
                Map.entry("messages-given-up", "Messages marked as failed"),
                Map.entry("messages-decided", "These messages were already decided"),
                Map.entry("sender-paused", "Number paused"),
                Map.entry("sender-resumed", "Number resumed"),
                Map.entry("pool-paused", "Pool paused"),
                Map.entry("pool-resumed", "Pool resumed"),
                Map.entry("message-decided", "This message was already decided"));
    }
}
