export const CURSOR = 'Opaque and exclusive: hand it back as after to go on behind it.';
