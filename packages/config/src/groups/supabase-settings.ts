import { defineSettings } from "../define-settings.ts";
import { flag, givenSecret, text, webAddress } from "../setting-types.ts";

/** The bucket that holds the files where the storage is Supabase. */
export const supabaseSettings = defineSettings({
  title: "Supabase",
  settings: {
    url: {
      name: "SUPABASE_URL",
      description: "The address of the Supabase project.",
      type: webAddress(),
      example: "https://abc.supabase.co",
    },
    serviceKey: {
      name: "SUPABASE_SERVICE_KEY",
      aliases: ["SUPABASE_SERVICE_ROLE_KEY", "SUPABASE_KEY"],
      description: "A key of the project that may read and write the bucket.",
      type: givenSecret(),
      example: "$(pass show supabase)",
      secret: true,
    },
    bucket: {
      name: "SUPABASE_BUCKET",
      aliases: ["SUPABASE_STORAGE_BUCKET"],
      description: "The bucket.",
      type: text(/^[\w.-]{1,100}$/, "the name of a bucket"),
      default: "images",
      example: "cars",
    },
    isPublic: {
      name: "SUPABASE_PUBLIC",
      description:
        "Whether everyone may read the bucket. If not, links that do not expire lead to this service, which passes the files on.",
      type: flag(),
      default: "false",
      example: "true",
    },
  },
});
