package dev.banyan.whatsapp.failover;

import module java.base;
import dev.banyan.platform.Keyed;

/// Where a pool is between working by itself and being replaced (design 7, "Failover").
public enum FailoverState implements Keyed {
    NORMAL,
    /// Its servants, contacts and messages are being moved.
    FAILING_OVER,
    /// Another pool stands in for it.
    FAILED_OVER,
    /// A failover is proposed, and nothing moves before a person agrees.
    WAITING_FOR_APPROVAL,
    /// It works again, and what was moved is coming back.
    FAILING_BACK
}
