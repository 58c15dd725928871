/** The tables of delivery. */
export interface DeliveryTables {
  readonly work_leases: WorkLeaseRow;
}

/** Work that is being done, which nobody else shall begin. */
interface WorkLeaseRow {
  readonly name: string;
  /** Who does it, by a random id. */
  readonly holder: string;
  /** Ms since 1970; from then on the work is anybody's. */
  readonly until: number;
}
