<?php

use App\Worker;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Route;

Route::get('/orders', fn () => DB::table('orders')->count()." orders\n");
Route::post('/rebuild', fn () => Worker::rebuild());
Route::post('/rebuild-without-ours', fn () => Worker::rebuildWithoutOurs());
Route::post('/rebuild-with-nothing', fn () => Worker::rebuildWithNothing());
Route::post('/cache-configuration', fn () => Worker::cacheConfiguration());
