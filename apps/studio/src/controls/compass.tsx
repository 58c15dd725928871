const places = [
  ["northwest", "↖"],
  ["north", "↑"],
  ["northeast", "↗"],
  ["west", "←"],
  ["center", "•"],
  ["east", "→"],
  ["southwest", "↙"],
  ["south", "↓"],
  ["southeast", "↘"],
] as const;

interface CompassProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** The middle, an edge or a corner of a picture, where they are. */
export function Compass({ label, value, onChange }: CompassProps) {
  return (
    <div class="compass" role="radiogroup" aria-label={label}>
      {places.map(([place, arrow]) => (
        <button
          key={place}
          type="button"
          role="radio"
          aria-checked={value === place}
          aria-label={place}
          title={place}
          onClick={() => onChange(place)}
        >
          {arrow}
        </button>
      ))}
    </div>
  );
}
