export { connectSupabase } from "./connect-supabase.ts";
export { createSupabaseStorage } from "./supabase-storage.ts";
export type { SupabaseStorageOptions } from "./supabase-storage.ts";
