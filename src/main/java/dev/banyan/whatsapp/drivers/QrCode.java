package dev.banyan.whatsapp.drivers;

/// A QR code that a gateway offers.
///
/// @param text the content of the code
/// @param number counted from 1 within one linking; 0 if the gateway doesn't count
/// @param of the total number of codes; 0 if the gateway doesn't say
public record QrCode(String text, int number, int of) {}
