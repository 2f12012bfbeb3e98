package dev.banyan.whatsapp.access;

import dev.banyan.whatsapp.access.PoolPages.PoolPage;
import jakarta.ws.rs.core.Response;

/// Answers a sub-account, which has no numbers of its own. Implemented by the room of the board, which lies above.
public interface ManagedAnswers {

    Response answer(PoolPage page, int status);
}
