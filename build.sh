npx tsc -p tsconfig.build.json 2>&1 | grep -v "npm warn" | head
