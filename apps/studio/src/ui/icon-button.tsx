import type { IconNode } from "lucide";
import type { ButtonHTMLAttributes } from "preact";

import { Icon } from "./icon.tsx";

interface IconButtonProps extends Pick<
  ButtonHTMLAttributes,
  "onClick" | "disabled" | "aria-pressed"
> {
  readonly of: IconNode;
  readonly size?: number;
  readonly isSmall?: boolean;
  /** What screen readers say. */
  readonly label: string;
  /** What a pointer is told, where that is less than the label. */
  readonly title?: string;
}

/** A button that is a drawing alone, and tells pointers and screen readers what it does. */
export function IconButton({ of, size, isSmall, label, title = label, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      class={isSmall ? "icon-button small" : "icon-button"}
      aria-label={label}
      title={title}
      {...rest}
    >
      <Icon of={of} {...(size !== undefined && { size })} />
    </button>
  );
}
