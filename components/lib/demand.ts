/** What a part can have at once in the namespace, at the most. */
export interface Demand {
    pods: number;
    /** PersistentVolumeClaims. */
    volumes: number;
}
