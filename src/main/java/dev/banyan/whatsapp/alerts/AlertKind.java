package dev.banyan.whatsapp.alerts;

import module java.base;
import dev.banyan.platform.Keyed;
import dev.banyan.whatsapp.SenderEvent.Tone;

/// What people can be alerted about.
public enum AlertKind implements Keyed {
    SENDER_FAILED("sender.failed", "Number failed", Tone.BAD, true),
    SENDER_RECOVERED("sender.recovered", "Number recovered", Tone.GOOD, false),
    /// Some of its numbers have failed.
    POOL_DEGRADED("pool.degraded", "Pool degraded", Tone.WARN, true),
    /// Its master has failed, or none of its numbers can send.
    POOL_FAILED("pool.failed", "Pool failed", Tone.BAD, true),
    POOL_FAILED_OVER("pool.failed-over", "Failed over", Tone.WARN, false),
    POOL_APPROVAL_WANTED("pool.approval-wanted", "Approval needed", Tone.WARN, false),
    POOL_FAILED_BACK("pool.failed-back", "Failed back", Tone.GOOD, false),
    QUEUE_LENGTH("queue.length", "Long queue", Tone.WARN, true),
    QUEUE_AGE("queue.age", "Messages delayed", Tone.WARN, true),
    QUALITY_DOWN("quality.down", "Quality down", Tone.WARN, true);

    private final String key;
    /// The title for people.
    public final String title;
    public final Tone tone;
    /// Whether it lasts until something ends it. Others are about a moment.
    public final boolean lasts;

    AlertKind(String key, String title, Tone tone, boolean lasts) {
        this.key = key;
        this.title = title;
        this.tone = tone;
        this.lasts = lasts;
    }

    /// Returns the name used in tables and JSON: `sender.failed`.
    @Override
    public String key() {
        return key;
    }
}
