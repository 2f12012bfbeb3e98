package dev.banyan.whatsapp;

import module java.base;
import dev.banyan.whatsapp.DriverListener.Receipt;

/// An event reported by a driver, with its pending receipt.
public record DriverReport(DriverEvent event, CompletableFuture<Receipt> receipt) {

    public DriverReport(DriverEvent event) {
        this(event, new CompletableFuture<>());
    }

    /// Acknowledges the event: it is durable, or needs no further work.
    public void kept() {
        receipt.complete(Receipt.KEPT);
    }

    /// Returns the event to the driver, which reports it again.
    public void notNow() {
        receipt.complete(Receipt.NOT_NOW);
    }
}
