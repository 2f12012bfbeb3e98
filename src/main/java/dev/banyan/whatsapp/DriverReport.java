package dev.banyan.whatsapp;

import dev.banyan.whatsapp.DriverListener.Receipt;
import java.util.concurrent.CompletableFuture;

/// What a driver reported, with its receipt.
public record DriverReport(DriverEvent event, CompletableFuture<Receipt> receipt) {

    public DriverReport(DriverEvent event) {
        this(event, new CompletableFuture<>());
    }

    /// It is durable, or has been dealt with for good.
    public void kept() {
        receipt.complete(Receipt.KEPT);
    }

    /// It is the driver's again.
    public void notNow() {
        receipt.complete(Receipt.NOT_NOW);
    }
}
