<?php
// REQUIRES: php
// The script finds what it would find without the probe, whatever it does to the values.
//
// RUN: env -i PATH=/usr/bin:/bin N1=one N2=two N3=3 N4= N5=e N6=six N7=seven NINE=9 12=number %status 255 php %s > %t.expected 2>&1
// RUN: env -i PATH=/usr/bin:/bin N1=one N2=two N3=3 N4= N5=e N6=six N7=seven NINE=9 12=number %status 255 %envleak record -o %t.trace -- php %s > %t.out 2>&1
// RUN: cmp %t.expected %t.out
echo memory_get_usage(), "\n";
$all = array_diff_key($_SERVER, ['REQUEST_TIME' => 1, 'REQUEST_TIME_FLOAT' => 1]);
var_dump($all, getenv(), $_ENV, array_keys(get_defined_vars()), array_keys($GLOBALS));
var_dump(get_loaded_extensions(), get_loaded_extensions(true), ini_get_all(null, false), get_included_files());
$_SERVER['N1'][0] = 'O';
$_SERVER['N2'] .= 'more';
$_SERVER['N3']++;
$reference = &$_SERVER['N4'];
$reference .= 'x';
settype($_SERVER['N5'], 'array');
[$_SERVER['N6'], $_SERVER['N7']] = [$_SERVER['N7'], $_SERVER['N6']];
foreach ($_SERVER as $name => &$value) if (is_string($value)) $value = str_replace('e', 'E', $value);
unset($value, $_SERVER['REQUEST_TIME'], $_SERVER['REQUEST_TIME_FLOAT']);
sort($all);
asort($_SERVER);
define('NINE', $_SERVER['NINE']);
class Holder { public static $static; public string $typed; }
Holder::$static = [$_SERVER['NINE'] => $_SERVER['NINE']];
($holder = new Holder)->typed = getenv()['N1'];
$holder->typed .= '!';
var_dump($_SERVER, $all, NINE, Holder::$static, $holder, unserialize(serialize(getenv())), json_encode(getenv()));
var_dump(array_flip(getenv()), getenv('N1'), getenv()['N1'] === 'one', array_search('one', getenv()), 'one' <=> getenv()['N1']);
for ($i = 0; $i < 20000; ++$i) $many = getenv();
echo strlen(phpinfo()), memory_get_usage() < 1e6, undefined_function($_SERVER['N1']);
