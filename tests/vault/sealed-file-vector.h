/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Made by sealed-file-vector.py. */
    "2f038b0f1d72719d907fa265662fd1d919d61e93194bef7d42ce749b724e9a90";
static const char vector_file[] =
    "47455a46494c4531404142434445464748494a4b4c4d4e4f835a491251dc95b6a79672360024d4258942deb5ce7fe12e"
    "b8cfa048ecb148d410a5813c531b7594a92422353c2819ed6a65c51fbe8cb012cfc1ede771196e2d83a6d66dcc7fe1a9"
    "85e67625f205a8cf09";
