;; PNG's Average and Paeth filters over rows, sixteen bytes at a time (PNG, third edition, 9.3 and 9.4). Encoding needs no
;; filtered byte, so that all lanes are independent. Memory holds the row above, then the rows; the filtered rows follow
;; at $to.
(module
  (memory (export "memory") 1)

  ;; The nearest of left (a), above (b) and upper left (c) to a + b - c, in eight 16-bit lanes.
  (func $nearest (param $a v128) (param $b v128) (param $c v128) (result v128)
    (local $pa v128) (local $pb v128) (local $pc v128)
    (local.set $pa (i16x8.sub (local.get $b) (local.get $c)))
    (local.set $pb (i16x8.sub (local.get $a) (local.get $c)))
    (local.set $pc (i16x8.abs (i16x8.add (local.get $pa) (local.get $pb))))
    (local.set $pa (i16x8.abs (local.get $pa)))
    (local.set $pb (i16x8.abs (local.get $pb)))
    (v128.bitselect
      (local.get $a)
      (v128.bitselect (local.get $b) (local.get $c) (i16x8.le_s (local.get $pb) (local.get $pc)))
      (v128.and
        (i16x8.le_s (local.get $pa) (local.get $pb))
        (i16x8.le_s (local.get $pa) (local.get $pc)))))

  ;; Sixteen bytes less the mean of those to the left and above, rounded down: avgr rounds up where the two differ in bit 0.
  (func $average16 (param $row i32) (param $above i32) (param $channels i32) (result v128)
    (local $a v128) (local $b v128)
    (local.set $a (v128.load (i32.sub (local.get $row) (local.get $channels))))
    (local.set $b (v128.load (local.get $above)))
    (i8x16.sub
      (v128.load (local.get $row))
      (i8x16.sub
        (i8x16.avgr_u (local.get $a) (local.get $b))
        (v128.and (v128.xor (local.get $a) (local.get $b)) (i8x16.splat (i32.const 1))))))

  ;; Sixteen bytes less the nearest of those to the left, above and upper left.
  (func $paeth16 (param $row i32) (param $above i32) (param $channels i32) (result v128)
    (local $a v128) (local $b v128) (local $c v128)
    (local.set $a (v128.load (i32.sub (local.get $row) (local.get $channels))))
    (local.set $b (v128.load (local.get $above)))
    (local.set $c (v128.load (i32.sub (local.get $above) (local.get $channels))))
    (i8x16.sub
      (v128.load (local.get $row))
      (i8x16.narrow_i16x8_u
        (call $nearest
          (i16x8.extend_low_i8x16_u (local.get $a))
          (i16x8.extend_low_i8x16_u (local.get $b))
          (i16x8.extend_low_i8x16_u (local.get $c)))
        (call $nearest
          (i16x8.extend_high_i8x16_u (local.get $a))
          (i16x8.extend_high_i8x16_u (local.get $b))
          (i16x8.extend_high_i8x16_u (local.get $c))))))

  ;; Filters by $type (3 Average, 4 Paeth) $rows rows of $stride bytes that begin at address $stride, behind the row above at 0, to address $to. What a
  ;; row's last sixteen bytes write beyond it is overwritten by the next row.
  (func (export "filter") (param $type i32) (param $stride i32) (param $rows i32) (param $channels i32) (param $to i32)
    (local $y i32) (local $x i32) (local $row i32)
    (local.set $row (local.get $stride))
    (loop $each_row
      (i32.store8 (local.get $to) (local.get $type))
      (local.set $to (i32.add (local.get $to) (i32.const 1)))
      ;; Left of the first pixel samples count as 0: Paeth takes the one above, Average half of it.
      (local.set $x (i32.const 0))
      (loop $first_pixel
        (i32.store8
          (i32.add (local.get $to) (local.get $x))
          (i32.sub
            (i32.load8_u (i32.add (local.get $row) (local.get $x)))
            (i32.shr_u
              (i32.load8_u (i32.sub (i32.add (local.get $row) (local.get $x)) (local.get $stride)))
              (i32.eq (local.get $type) (i32.const 3)))))
        (local.set $x (i32.add (local.get $x) (i32.const 1)))
        (br_if $first_pixel (i32.lt_u (local.get $x) (local.get $channels))))
      (block $end_of_row
        (loop $each_16
          (br_if $end_of_row (i32.ge_u (local.get $x) (local.get $stride)))
          (v128.store
            (i32.add (local.get $to) (local.get $x))
            (if (result v128) (i32.eq (local.get $type) (i32.const 3))
              (then
                (call $average16
                  (i32.add (local.get $row) (local.get $x))
                  (i32.sub (i32.add (local.get $row) (local.get $x)) (local.get $stride))
                  (local.get $channels)))
              (else
                (call $paeth16
                  (i32.add (local.get $row) (local.get $x))
                  (i32.sub (i32.add (local.get $row) (local.get $x)) (local.get $stride))
                  (local.get $channels)))))
          (local.set $x (i32.add (local.get $x) (i32.const 16)))
          (br $each_16)))
      (local.set $to (i32.add (local.get $to) (local.get $stride)))
      (local.set $row (i32.add (local.get $row) (local.get $stride)))
      (local.set $y (i32.add (local.get $y) (i32.const 1)))
      (br_if $each_row (i32.lt_u (local.get $y) (local.get $rows))))))
